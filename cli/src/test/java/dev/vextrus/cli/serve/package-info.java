/** What commands tell about a service's answers. */
@NullMarked
package dev.vextrus.cli.serve;

import org.jspecify.annotations.NullMarked;
