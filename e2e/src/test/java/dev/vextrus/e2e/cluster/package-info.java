/** The product on a Kubernetes cluster, whichever KUBECONFIG names; skipped, and said so, where it names none. */
@NullMarked
package dev.vextrus.e2e.cluster;

import org.jspecify.annotations.NullMarked;
