/** What is known of the traffic in a cluster: from the proxy, from Prometheus, or from the pods. */
@NullMarked
package dev.vextrus.rolloutkubernetes.metrics;

import org.jspecify.annotations.NullMarked;
