package org.mailtrace.k8s;

import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One promise that every object of a cluster must keep.
 *
 * @param promise a sentence
 * @param broken one sentence for each object that breaks it
 */
record Rule(String promise, Function<Cluster, Stream<String>> broken) {
    static Stream<String> unless(boolean kept, String sentence) {
        return kept ? Stream.empty() : Stream.of(sentence);
    }

    static Stream<Rule> all() {
        return Stream.of(PodRules.all(), RunRules.all(), StorageRules.all(), NetworkRules.all(), SecretRules.all())
                .flatMap(rules -> rules);
    }

    @Override
    public String toString() {
        return promise;
    }
}
