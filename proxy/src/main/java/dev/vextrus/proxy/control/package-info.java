/** The control address: sets the routing, hands out counts, stops the proxy. */
@NullMarked
package dev.vextrus.proxy.control;

import org.jspecify.annotations.NullMarked;
