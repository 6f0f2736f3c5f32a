/** Carrying a request to its upstream and the answer back, streaming both ways. */
@NullMarked
package dev.vextrus.proxy.forward;

import org.jspecify.annotations.NullMarked;
