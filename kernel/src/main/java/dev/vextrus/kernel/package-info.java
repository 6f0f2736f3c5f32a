/** Values everybody speaks: money, currencies, tenants and ids; nothing here knows a database, a clock or a network. */
@NullMarked
package dev.vextrus.kernel;

import org.jspecify.annotations.NullMarked;
