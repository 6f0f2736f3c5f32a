/** The service as its callers see it: over HTTP, on a real PostgreSQL. */
@NullMarked
package dev.vextrus.finance.service;

import org.jspecify.annotations.NullMarked;
