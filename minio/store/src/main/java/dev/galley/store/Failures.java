package dev.galley.store;

import dev.galley.landing.StoreException;
import dev.galley.landing.StoreException.Kind;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.errors.XmlParserException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What an answer of the server, or none, means. */
final class Failures {
    private static final Set<String> MISSING = Set.of("NoSuchKey", "NoSuchBucket", "NoSuchVersion", "ResourceNotFound");
    private static final Set<String> TRANSIENT = Set.of(
            "ConditionalRequestConflict",
            "InternalError",
            "OperationAborted",
            "RequestLimitExceeded",
            "RequestTimeout",
            "ServiceUnavailable",
            "SlowDown",
            "SlowDownRead",
            "SlowDownWrite",
            "Throttling",
            "ThrottlingException",
            "XMinioServerNotInitialized");

    private Failures() {}

    /** @param deed what could not be done, as in "Cannot read s3://bucket/key at http://host" */
    static StoreException of(String deed, Exception failure) {
        Throwable root = root(failure);
        if (root instanceof ErrorResponseException answer) {
            return answered(deed, answer);
        }
        if (root instanceof ServerException server) {
            Kind kind = server.statusCode() >= 500 ? Kind.UNAVAILABLE : Kind.DENIED;
            return new StoreException(kind, deed + ": the server answered " + server.statusCode(), failure);
        }
        if (root instanceof InvalidResponseException || root instanceof XmlParserException) {
            return new StoreException(
                    Kind.UNAVAILABLE, deed + ": what answers there is no S3 server, or a proxy before one", failure);
        }
        if (root instanceof SSLException) {
            return new StoreException(
                    Kind.DENIED, deed + ": no trusted connection (" + root.getMessage() + ")", failure);
        }
        if (root instanceof IOException) {
            return new StoreException(Kind.UNAVAILABLE, deed + ": " + reason(root), failure);
        }
        return new StoreException(Kind.DENIED, deed + ": " + reason(root), failure);
    }

    static boolean isMissingObject(Exception failure) {
        return code(failure).equals("NoSuchKey");
    }

    /** The condition of a conditional write did not hold. */
    static boolean isConditionFailed(Exception failure) {
        return code(failure).equals("PreconditionFailed");
    }

    private static String code(Exception failure) {
        return root(failure) instanceof ErrorResponseException answer
                ? answer.errorResponse().code()
                : "";
    }

    private static StoreException answered(String deed, ErrorResponseException answer) {
        String code = answer.errorResponse().code();
        String message = deed + ": "
                + switch (code) {
                    case "NoSuchBucket" -> "there is no such bucket";
                    case "NoSuchKey" -> "there is no such object";
                    case "RequestTimeTooSkewed" -> "the clocks of this machine and of the server differ too much";
                    default -> answer.errorResponse().message() + " (" + code + ")";
                };
        return new StoreException(kind(code, answer.response().code()), message, answer);
    }

    private static Kind kind(String code, int status) {
        if (MISSING.contains(code)) {
            return Kind.NOT_FOUND;
        }
        return TRANSIENT.contains(code) || status >= 500 || status == 429 ? Kind.UNAVAILABLE : Kind.DENIED;
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure.getCause();
        // The client reports a lost connection as an IllegalStateException.
        boolean wrapper = failure.getClass() == MinioException.class
                || failure instanceof IllegalStateException
                || failure instanceof CompletionException;
        return wrapper && cause != null ? root(cause) : failure;
    }

    private static String reason(Throwable root) {
        @Nullable String message = root.getMessage();
        return message == null ? root.getClass().getSimpleName() : message;
    }
}
