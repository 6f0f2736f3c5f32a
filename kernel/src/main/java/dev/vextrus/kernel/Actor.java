package dev.vextrus.kernel;

/** Who did it: the subject of a token, or a named part of the system such as {@code system:projector}. 1 to 255 characters, no control characters. */
public record Actor(String id) {

    public Actor {
        if (id.isBlank() || id.length() > 255) {
            throw new IllegalArgumentException("actor: must have 1 to 255 characters");
        }
        if (id.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("actor: must have no control characters");
        }
    }

    public static Actor of(String id) {
        return new Actor(id);
    }

    @Override
    public String toString() {
        return id;
    }
}
