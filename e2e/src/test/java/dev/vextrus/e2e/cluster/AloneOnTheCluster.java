package dev.vextrus.e2e.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A test on the cluster that KUBECONFIG names which needs the whole machine, or touches what all share: the build runs it
 * when those that bear company are over.
 */
@Tag("cluster")
@Isolated
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface AloneOnTheCluster {}
