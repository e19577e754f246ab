package org.mailtrace.standins.story;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;

/** What is being played: for demonstrations, acceptance tests and whoever wonders. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class StoriesResource {
    /** A story without its hops: what to ask and what must be concluded. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Told(
            String id,
            String title,
            Instant at,
            String messageId,
            String networkMessageId,
            String from,
            List<String> to,
            String subject,
            Ask ask,
            List<Expectation> expect,
            List<String> notices,
            List<String> related) {
        static Told of(Story story) {
            return new Told(
                    story.id(),
                    story.title(),
                    story.at(),
                    story.messageId(),
                    story.networkMessageId(),
                    story.from(),
                    story.to(),
                    story.subject(),
                    story.ask(),
                    story.expect(),
                    story.notices(),
                    story.related());
        }
    }

    private final StoryBook book;

    StoriesResource(StoryBook book) {
        this.book = book;
    }

    @GET
    @Path("stories")
    public List<Told> stories() {
        return book.stories().stream().map(Told::of).toList();
    }

    @GET
    @Path("organisation")
    public Organisation organisation() {
        return book.organisation();
    }
}
