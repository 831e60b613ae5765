package org.mailpulse.local.command;

import java.nio.file.Path;
import org.mailpulse.local.stack.DataFolder;
import org.mailpulse.local.terminal.Console;
import org.mailpulse.survey.targets.TargetList;
import org.mailpulse.survey.targets.TargetListException;

/** The {@code --targets} option. */
final class Targets {
    private Targets() {}

    static TargetList load(Path file, DataFolder data, Console console) {
        TargetList targets;
        try {
            targets = TargetList.load(file, data.rejected());
        } catch (TargetListException e) {
            throw UserException.usage(e.getMessage());
        }
        if (targets.rejected() > 0) {
            console.say(String.format(
                    "%,d lines of %s cannot be used and are left out; see %s",
                    targets.rejected(), file, data.rejected()));
        }
        return targets;
    }
}
