package madang.chat;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import madang.kit.Id;

/// Letters, and pairs of letters that stand side by side in a word: by these a text is found in any
/// script, by a part of a word as well as by a single syllable. Words are compared in NFC and
/// without regard to case.
final class Grams {
    /// How many places of a log share the names of their grams.
    private static final int BLOCK_BITS = 14;

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\x1C-\\x1F]+");
    private static final int CODE_POINT_BITS = 21;
    private static final int GRAM_BITS = 24;

    /// The block that a place of a log lies in.
    static long block(long seq) {
        return seq >> BLOCK_BITS;
    }

    /// The first place of a block.
    static long firstOf(long block) {
        return block << BLOCK_BITS;
    }

    static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    static String[] words(String folded) {
        return SPACE.split(folded.strip(), -1);
    }

    /// Every letter and every pair of a text, each once: under these it is kept.
    static long[] of(String text) {
        String folded = fold(text);
        long[] grams = new long[2 * folded.length()];
        int count = 0;
        int before = ' ';
        for (int at = 0; at < folded.length(); at += Character.charCount(before)) {
            int letter = folded.codePointAt(at);
            if (!isSpace(letter)) {
                grams[count++] = letter;
                if (!isSpace(before)) {
                    grams[count++] = pair(before, letter);
                }
            }
            before = letter;
        }
        return distinct(grams, count);
    }

    private static long[] distinct(long[] grams, int count) {
        Arrays.sort(grams, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || grams[i] != grams[i - 1]) {
                grams[kept++] = grams[i];
            }
        }
        return Arrays.copyOf(grams, kept);
    }

    /// What a text that contains this word has for certain, in the fewest grams.
    static LongStream needed(String word) {
        return word.codePointCount(0, word.length()) == 1 ? letters(word) : pairs(word);
    }

    /// Grams as a room's block knows them. The names of a block lie side by side, so that what is
    /// said now is filed in few pages of the index.
    static long[] keys(Id<Room> room, long block, long[] grams) {
        long drawer =
                mixed(
                        room.value().getMostSignificantBits()
                                ^ Long.rotateLeft(room.value().getLeastSignificantBits(), 31)
                                ^ mixed(block));
        return Arrays.stream(grams)
                .map(gram -> (drawer << GRAM_BITS) | (mixed(gram) >>> (Long.SIZE - GRAM_BITS)))
                .toArray();
    }

    private static LongStream letters(String word) {
        return word.codePoints().asLongStream();
    }

    private static LongStream pairs(String word) {
        int[] letters = word.codePoints().toArray();
        return IntStream.range(1, letters.length).mapToLong(i -> pair(letters[i - 1], letters[i]));
    }

    private static long pair(int first, int second) {
        return ((long) first << CODE_POINT_BITS) | second;
    }

    /// As `SPACE` has it.
    private static boolean isSpace(int letter) {
        return Character.isSpaceChar(letter) || Character.isWhitespace(letter);
    }

    /// The finalizer of SplitMix64: each bit of the input moves half the bits of the output.
    private static long mixed(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private Grams() {}
}
