package org.mailpulse.stream.rejudge;

import java.util.ArrayList;
import java.util.List;
import org.mailpulse.warehouse.Archive;

/**
 * A piece of work for {@link ReadArchive}: some slices of a survey, or, behind all of these, the word that it has ended.
 *
 * @param last smaller than first: the survey has ended
 * @param vantages from where the survey was asked that has ended
 */
public record ArchiveSlice(Archive.Records records, String survey, int first, int last, List<String> vantages) {
    /** @param parts 1…{@value Archive#SLICES} */
    static List<ArchiveSlice> of(Archive.Records records, String survey, int parts) {
        List<ArchiveSlice> slices = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int first = part * Archive.SLICES / parts;
            int last = (part + 1) * Archive.SLICES / parts - 1;
            slices.add(new ArchiveSlice(records, survey, first, last, List.of()));
        }
        return slices;
    }

    static ArchiveSlice end(String survey, List<String> vantages) {
        return new ArchiveSlice(Archive.Records.OBSERVATIONS, survey, 0, -1, vantages);
    }

    public boolean isEnd() {
        return last < first;
    }
}
