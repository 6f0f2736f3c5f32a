/** A demonstration on a cluster: a namespace of its own, an operator, and a light service under traffic. */
@NullMarked
package dev.vextrus.cli.demo.cluster;

import org.jspecify.annotations.NullMarked;
