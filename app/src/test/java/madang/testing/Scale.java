package madang.testing;

/// How much a test does, and which dice it throws: `-Dscale=` multiplies everywhere, 1 where nobody
/// says; `-Dseed=` repeats a run.
public final class Scale {
    private static final int SCALE = Integer.getInteger("scale", 1);

    private Scale() {}

    /// What is done at scale 1, multiplied; at most what a promise asks for or a machine has room
    /// for.
    public static int times(int small, int most) {
        return (int) Math.min(most, (long) small * SCALE);
    }

    /// Printed, so that a run that failed can be repeated.
    public static long seed() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        return seed;
    }
}
