/** Traffic as the demo's tenants make it: seeded, at an open rate, measured from when each request was due. */
@NullMarked
package dev.vextrus.cli.demo.traffic;

import org.jspecify.annotations.NullMarked;
