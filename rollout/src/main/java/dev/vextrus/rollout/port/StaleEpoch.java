package dev.vextrus.rollout.port;

/** A routing whose epoch lies below the one in force: whoever sent it is no longer in charge and must stop. */
public final class StaleEpoch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleEpoch(long sent, long inForce) {
        super("routing epoch " + sent + " is below " + inForce
                + ", which is in force: another controller has taken over");
    }
}
