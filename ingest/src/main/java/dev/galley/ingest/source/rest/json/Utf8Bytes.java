package dev.galley.ingest.source.rest.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that should be UTF-8. */
public final class Utf8Bytes {
    /** What stands where a text was cut short. */
    public static final String CUT = "…";

    private static final int EXCERPT = 80;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long BEYOND_ASCII = 0x8080808080808080L;

    private Utf8Bytes() {}

    /** Whether the bytes from {@code from} to before {@code to} are well-formed UTF-8, judged strictly. */
    public static boolean valid(byte[] bytes, int from, int to) {
        if (isAscii(bytes, from, to)) {
            return true;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer out = CharBuffer.allocate(Math.min(to - from + 1, 8192));
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        return !result.isError();
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            if (((long) EIGHT.get(bytes, i) & BEYOND_ASCII) != 0) {
                return false;
            }
        }
        for (; i < to; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Without the byte order mark in front, if there is one. */
    public static byte[] withoutMark(byte[] bytes) {
        return marked(bytes) ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    }

    public static boolean marked(byte[] bytes) {
        return bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF;
    }

    /** A text of the same length, its bytes beyond ASCII replaced: JSON's own characters keep their places. */
    static byte[] masked(byte[] bytes) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            if (masked[i] < 0) {
                masked[i] = '?';
            }
        }
        return masked;
    }

    /** At most so many characters of a text, for a message. */
    public static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + CUT;
    }

    /** The beginning, for a message: printable, on one line. */
    public static String excerpt(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, EXCERPT), StandardCharsets.UTF_8);
        return "'" + text.replaceAll("[\\p{Cntrl}\\uFFFD]+", " ") + (bytes.length > EXCERPT ? CUT + "'" : "'");
    }
}
