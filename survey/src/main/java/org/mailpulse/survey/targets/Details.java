package org.mailpulse.survey.targets;

/** What a list may say of a domain beside its name. Empty where unknown. */
record Details(String organisation, String category, String country) {
    static final Details NONE = new Details("", "", "");

    static Details of(String organisation, String category, String country) {
        return new Details(Excerpt.of(organisation), Excerpt.of(category), Excerpt.of(country));
    }

    /** Field by field, the first that was told holds. */
    Details or(Details later) {
        return new Details(
                first(organisation, later.organisation),
                first(category, later.category),
                first(country, later.country));
    }

    private static String first(String earlier, String later) {
        return earlier.isEmpty() ? later : earlier;
    }
}
