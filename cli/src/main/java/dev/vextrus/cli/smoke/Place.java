package dev.vextrus.cli.smoke;

import java.net.URI;
import java.util.Optional;

/**
 * A service as the smoke tests reach it.
 *
 * @param url its public address
 * @param management its address for metrics, where it can be reached
 * @param jwtSecret what tokens for the tests' own tenants are signed with, where it is known
 * @param strict whether it is to refuse introspection and forged requests, as the production profile does
 */
record Place(URI url, Optional<URI> management, Optional<byte[]> jwtSecret, boolean strict) {}
