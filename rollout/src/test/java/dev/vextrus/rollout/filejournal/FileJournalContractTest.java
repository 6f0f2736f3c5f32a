package dev.vextrus.rollout.filejournal;

import dev.vextrus.rollout.port.RolloutJournal;
import dev.vextrus.rollout.port.RolloutJournalContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileJournalContractTest extends RolloutJournalContract {
    @TempDir
    Path folder;

    @Override
    protected RolloutJournal open() {
        return FileJournal.open(folder);
    }
}
