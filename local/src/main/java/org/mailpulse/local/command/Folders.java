package org.mailpulse.local.command;

import java.io.IOException;
import org.mailpulse.local.stack.DataFolder;
import org.mailpulse.local.terminal.Logging;

/** Opens the data folder and starts the log in it. */
final class Folders {
    private Folders() {}

    static DataFolder open(GlobalOptions global) {
        try {
            DataFolder data = DataFolder.open(global.data);
            Logging.toFolder(data.root(), global.verbose);
            return data;
        } catch (IOException e) {
            throw UserException.failed(e.getMessage(), e);
        }
    }
}
