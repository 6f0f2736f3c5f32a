package dev.vextrus.cli.smoke;

import java.io.IOException;

/**
 * One thing that is looked at.
 *
 * @param name stable, for scripts
 */
record Check(String name, Look look) {

    /** Looks once. */
    @FunctionalInterface
    interface Look {
        /**
         * What was seen, in a few words.
         *
         * @throws Failed if it is not as it should be
         * @throws Skipped if it cannot be looked at
         */
        String at(Caller service) throws IOException, InterruptedException, Failed, Skipped;
    }

    /** The service does not do what it should. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String what) {
            super(what);
        }
    }

    /** Something that the check needs was not given. */
    static final class Skipped extends Exception {
        private static final long serialVersionUID = 1L;

        Skipped(String why) {
            super(why);
        }
    }

    Finding make(Caller service) throws InterruptedException {
        long began = System.nanoTime();
        Finding.Result result = Finding.Result.PASSED;
        String detail;
        try {
            detail = look.at(service);
        } catch (Failed failed) {
            result = Finding.Result.FAILED;
            detail = String.valueOf(failed.getMessage());
        } catch (Skipped skipped) {
            result = Finding.Result.SKIPPED;
            detail = String.valueOf(skipped.getMessage());
        } catch (IOException unreachable) {
            result = Finding.Result.FAILED;
            detail = "no answer (" + unreachable.getClass().getSimpleName() + ")";
        }
        return new Finding(name, result, detail, (System.nanoTime() - began) / 1_000_000);
    }
}
