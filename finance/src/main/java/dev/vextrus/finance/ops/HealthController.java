package dev.vextrus.finance.ops;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Health on the public address too, for balancers that can only ask there. */
@RestController
class HealthController {
    private final Health health;

    HealthController(Health health) {
        this.health = health;
    }

    @GetMapping("/health/live")
    ResponseEntity<String> live() {
        return entity(health.live());
    }

    @GetMapping("/health/ready")
    ResponseEntity<String> ready() {
        return entity(health.ready());
    }

    @GetMapping({"/health", "/health/full"})
    ResponseEntity<String> full() {
        return entity(health.full());
    }

    private static ResponseEntity<String> entity(Answer answer) {
        return ResponseEntity.status(answer.status())
                .contentType(MediaType.parseMediaType(answer.contentType()))
                .body(answer.body());
    }
}
