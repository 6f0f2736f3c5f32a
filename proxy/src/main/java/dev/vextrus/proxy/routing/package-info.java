/** Who goes where: the routing in force and the pure choice of a colour for a request. */
@NullMarked
package dev.vextrus.proxy.routing;

import org.jspecify.annotations.NullMarked;
