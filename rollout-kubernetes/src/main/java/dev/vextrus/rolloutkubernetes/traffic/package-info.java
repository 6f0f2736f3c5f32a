/** The routers that send requests to one colour or the other. */
@NullMarked
package dev.vextrus.rolloutkubernetes.traffic;

import org.jspecify.annotations.NullMarked;
