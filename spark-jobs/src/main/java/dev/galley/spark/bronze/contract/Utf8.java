package dev.galley.spark.bronze.contract;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Tells whether bytes are UTF-8 to the letter: Jackson takes overlong forms and encoded surrogates. Not for several threads. */
final class Utf8 {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final CharBuffer scratch = CharBuffer.allocate(8192);

    /** The index of the first byte that belongs to no character; -1 if all do. */
    int firstInvalid(byte[] bytes, int from, int to) {
        int ascii = from;
        while (ascii + Long.BYTES <= to && ((long) LONGS.get(bytes, ascii) & HIGH_BITS) == 0) {
            ascii += Long.BYTES;
        }
        while (ascii < to && bytes[ascii] >= 0) {
            ascii++;
        }
        return ascii == to ? -1 : decode(ByteBuffer.wrap(bytes, ascii, to - ascii));
    }

    private int decode(ByteBuffer rest) {
        decoder.reset();
        CoderResult result;
        do {
            scratch.clear();
            result = decoder.decode(rest, scratch, true);
        } while (result.isOverflow());
        return result.isError() ? rest.position() : -1;
    }
}
