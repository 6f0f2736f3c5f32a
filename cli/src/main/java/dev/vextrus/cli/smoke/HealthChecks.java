package dev.vextrus.cli.smoke;

import dev.vextrus.cli.smoke.Caller.Reply;
import dev.vextrus.cli.smoke.Check.Failed;
import dev.vextrus.cli.smoke.Check.Skipped;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Is it there, and is all that it leans on? */
final class HealthChecks {
    private HealthChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("health-live", service -> up(service.get("/health/live"))),
                new Check("health-ready", service -> up(service.get("/health/ready"))),
                new Check("health-full", service -> up(service.get("/health/full"))),
                new Check("database", HealthChecks::database),
                new Check("metrics", HealthChecks::metrics));
    }

    private static String up(Reply reply) throws Failed {
        String status = reply.json().path("status").asString("");
        if (reply.status() != 200 || !status.equals("up")) {
            throw new Failed("status " + reply.status() + " " + reply.body());
        }
        return status;
    }

    private static String database(Caller service) throws IOException, InterruptedException, Failed {
        JsonNode checks = service.get("/health/full").json().path("checks");
        if (!checks.path("database").asString("").equals("up")) {
            throw new Failed("the health report says " + checks);
        }
        return checks.toString();
    }

    private static String metrics(Caller service) throws IOException, InterruptedException, Failed, Skipped {
        Reply reply = service.manage("/metrics");
        for (String name :
                List.of("http_requests_total", "http_request_duration_seconds_bucket", "color=", "version=")) {
            if (reply.status() != 200 || !reply.body().contains(name)) {
                throw new Failed("status " + reply.status() + ", and " + name + " is missing");
            }
        }
        return reply.body().lines().filter(line -> !line.startsWith("#")).count() + " series";
    }
}
