/** Reads plans and releases from YAML files, or says what is wrong where and how to mend it. */
@NullMarked
package dev.vextrus.rollout.planfile;

import org.jspecify.annotations.NullMarked;
