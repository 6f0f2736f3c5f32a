package dev.vextrus.finance.graphql;

import dev.vextrus.finance.query.Page;
import java.util.Collection;
import org.springframework.graphql.data.pagination.ConnectionAdapter;

/** Shows a {@link Page} as a Relay connection. */
final class PageAdapter implements ConnectionAdapter {

    @Override
    public boolean supports(Class<?> containerType) {
        return Page.class.isAssignableFrom(containerType);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // the interface's own signature
    public <T> Collection<T> getContent(Object container) {
        @SuppressWarnings("unchecked") // nobody but Spring's edge builder takes these, as they are
        Page<T> page = (Page<T>) container;
        return page.nodes();
    }

    @Override
    public boolean hasPrevious(Object container) {
        return ((Page<?>) container).hasPrevious();
    }

    @Override
    public boolean hasNext(Object container) {
        return ((Page<?>) container).hasNext();
    }

    @Override
    public String cursorAt(Object container, int index) {
        return ((Page<?>) container).entries().get(index).cursor();
    }
}
