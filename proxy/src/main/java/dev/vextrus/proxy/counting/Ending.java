package dev.vextrus.proxy.counting;

/** How a request ended, as the proxy saw it. */
public enum Ending {
    /** Answered, and not a fault. */
    ANSWERED,
    /** Answered by the release that the caller is wrong: what is no fault, and yet harm where only one release says so. */
    CLIENT_ERROR,
    /** Answered as a fault by the release. */
    FAULT,
    /** No answer, or one that broke off: the fault of the colour. */
    NO_ANSWER,
    /** The client hung up first. Not a fault; slow, if it had waited longer than the objective. */
    CLIENT_GONE
}
