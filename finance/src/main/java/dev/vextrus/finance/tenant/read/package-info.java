/** Tenants as rows. */
@NullMarked
package dev.vextrus.finance.tenant.read;

import org.jspecify.annotations.NullMarked;
