/** The service exercising itself once, so that the JVM can keep what it learned for later starts. */
@NullMarked
package dev.vextrus.finance.training;

import org.jspecify.annotations.NullMarked;
