/** The proxy's control API in the engine's words: the routing it follows and the traffic it counted. */
@NullMarked
package dev.vextrus.rollout.proxyapi;

import org.jspecify.annotations.NullMarked;
