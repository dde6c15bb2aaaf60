package dev.galley.ingest.source.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers as RFC 8288 allows them; the next page of each is {@code /b?page=2}. */
class WebLinkTest {
    private static final HttpUrl PAGE = HttpUrl.get("https://api.example/b?x=1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</b?page=2>; rel=\"next\"",
                "</b?page=2>;rel=next",
                "  <  /b?page=2 > ; ReL = NEXT  ",
                "</b?page=2>; REL=\"Prev NEXT\"",
                "</b?page=2>; rel=\"first\tnext last\"",
                "</b?page=2>; title=\"orders; rel=list\"; rel=\"next\"",
                "</b?page=2>; title=\"page <2> of 2\"; rel=\"next\"",
                "</b?page=2>; title=\"a, b, <c>; rel=prev\"; rel=\"next\"",
                "</b?page=2>; title=\"he said \\\"rel=prev\\\" \\\\\"; rel=next",
                "</b?page=2>; title*=UTF-8''a%2C%3B; rel=next",
                "</b?page=2>; rel = \"next\"; rel=\"prev\"",
                "</b?page=2>; crossorigin; rel=next",
                "</b?page=2>; rel=next;",
                "</b?page=2>;; rel=next",
                ", </a>; rel=\"last\" ,, </b?page=2>; rel=\"next\",",
                "</a?f=a,b;c>; rel=last,</b?page=2>; rel=next",
                "</other?page=9>; rel=\"next\"; anchor=\"#menu\", </b?page=2>; rel=\"next\"",
                "</other?page=9>; anchor=\"/c\"; rel=\"next\", </b?page=2>; rel=\"next\"",
                "</b?page=2>; rel=\"next\"; anchor=\"\"",
                "</b?page=2>; rel=\"next\"; anchor=\"https://api.example/b?x=1\"",
                "</b?page=2>; rel=\"https://rels.example/x next\""
            })
    void theNextPageIsFound(String header) {
        assertThat(next(header)).contains("/b?page=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "</b?page=2>",
                "</b?page=2>; rel=\"nextpage\"",
                "</b?page=2>; rel=\"prev\"; rel=\"next\"",
                "</b?page=2>; title=\"rel=next\"",
                "</b?page=2>; title=\"; rel=next\"",
                "</b?page=2>; rev=next",
                "</b?page=2>; rel=\"https://rels.example/next\"",
                "</b?page=2>; rel=next; anchor=\"#menu\""
            })
    void whatIsNoNextPageIsNotFollowed(String header) {
        assertThat(next(header)).isEmpty();
    }

    @Test
    void severalHeadersAreOneList() {
        Headers headers = new Headers.Builder()
                .add("Link", "</a>; rel=\"first\"")
                .add("link", "</b?page=2>; type=\"application/json\"; rel=\"next\"")
                .build();

        assertThat(WebLink.target(headers, PAGE, "next")).contains("/b?page=2");
    }

    /** What follows might be the next page. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/b?page=2; rel=next",
                "</b?page=2; rel=next",
                "</b?page=2>; title=\"a; rel=next",
                "</b?page=2> rel=next",
                "</a>; title=\"a\" b; rel=next"
            })
    void aHeaderThatCannotBeReadIsNotPassedOver(String header) {
        assertThatThrownBy(() -> next(header)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Optional<String> next(String header) {
        return WebLink.target(new Headers.Builder().add("Link", header).build(), PAGE, "next");
    }
}
