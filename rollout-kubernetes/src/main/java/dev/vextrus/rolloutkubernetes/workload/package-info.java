/** What a workload is in a cluster: its settings, the names and labels of what belongs to it, and one look at it. */
@NullMarked
package dev.vextrus.rolloutkubernetes.workload;

import org.jspecify.annotations.NullMarked;
