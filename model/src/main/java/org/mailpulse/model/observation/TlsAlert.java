package org.mailpulse.model.observation;

/**
 * The alert that ended a handshake (RFC 8446 §6.2).
 *
 * @param number its description, 0…255, e.g. 40 for handshake_failure
 * @param side who sent it
 */
public record TlsAlert(int number, Side side) {
    public enum Side {
        SERVER,
        /** The prober refused what the server said. */
        PROBER
    }

    public TlsAlert {
        if (number < 0 || number > 255 || side == null) {
            throw new IllegalArgumentException("alert " + number + " of " + side);
        }
    }
}
