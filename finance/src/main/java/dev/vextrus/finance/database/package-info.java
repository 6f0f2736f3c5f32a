/** Connections by role, and the schema's migration. */
@NullMarked
package dev.vextrus.finance.database;

import org.jspecify.annotations.NullMarked;
