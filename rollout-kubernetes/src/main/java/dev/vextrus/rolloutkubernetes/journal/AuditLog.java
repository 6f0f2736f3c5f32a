package dev.vextrus.rolloutkubernetes.journal;

import dev.vextrus.rollout.audit.JournalEntry;
import dev.vextrus.rollout.json.RolloutJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each journal entry as one line of JSON in the operator's log, for whoever collects logs and not ConfigMaps. */
final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.vextrus.audit");

    private AuditLog() {}

    static void write(String namespace, String rollout, JournalEntry entry) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("namespace", namespace);
        line.put("rollout", rollout);
        line.put("sequence", entry.sequence());
        line.put("at", entry.at().toString());
        line.put("hash", entry.hash());
        line.put("previous", entry.previous());
        line.put("is", entry.what().getClass().getSimpleName());
        line.put("what", Reasons.of(entry.what()));
        LOG.info("{}", RolloutJson.mapper().writeValueAsString(line));
    }
}
