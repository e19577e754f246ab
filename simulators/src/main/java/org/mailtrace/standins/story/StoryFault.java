package org.mailtrace.standins.story;

/** Something in a story file that cannot be played; lines count from 1. */
public record StoryFault(String file, int line, String reason) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + reason;
    }
}
