package dev.galley.bookstore.fault;

import dev.galley.bookstore.list.Answer;
import dev.galley.bookstore.list.ListInterceptor;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Injects the faults that are on, each in its place on the way of a request. */
public record FaultInjector(FaultSwitches switches, Runnable expireTokens) {
    /** Waits, or throws the problem that the client is to get instead of an answer. */
    public void inRequest(String resource) throws InterruptedException {
        for (RequestFault fault : RequestFault.values()) {
            Optional<FaultSettings> struck = switches.strike(fault, resource);
            if (struck.isPresent()) {
                fault.inject(struck.get(), expireTokens);
            }
        }
    }

    /** Stands between the list and this request. */
    public ListInterceptor inList(String resource) {
        Map<ListFault, FaultSettings> struck = new EnumMap<>(ListFault.class);
        for (ListFault fault : ListFault.values()) {
            switches.strike(fault, resource).ifPresent(settings -> struck.put(fault, settings));
        }
        return new ListFault.Injected(struck);
    }

    /** The answer as the client is to get it: another one, or with some records spoiled. */
    public Answer inAnswer(String resource, Answer good) {
        for (AnswerFault fault : AnswerFault.values()) {
            if (switches.strike(fault, resource).isPresent()) {
                return fault.inject(good);
            }
        }
        Answer answer = good;
        for (RecordFault fault : RecordFault.values()) {
            Optional<FaultSettings> struck = switches.strike(fault, resource);
            if (struck.isPresent()) {
                answer = fault.inject(answer, struck.get());
            }
        }
        return answer;
    }

    /** Sends the body as the first fault wants that strikes; does nothing and returns false if none does. */
    public boolean inConnection(String resource, Context context, String contentType, byte[] body)
            throws IOException, InterruptedException {
        for (ConnectionFault fault : ConnectionFault.values()) {
            Optional<FaultSettings> struck = switches.strike(fault, resource);
            if (struck.isPresent()) {
                context.res().setContentType(contentType);
                fault.inject(struck.get(), context, body);
                return true;
            }
        }
        return false;
    }
}
