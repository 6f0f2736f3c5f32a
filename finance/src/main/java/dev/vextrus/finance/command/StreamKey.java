package dev.vextrus.finance.command;

/** Names one stream of a tenant's events: what it is about, and which one. Shown as {@code invoice/5f0c…}. */
public record StreamKey(String category, String id) {

    @Override
    public String toString() {
        return category + "/" + id;
    }
}
