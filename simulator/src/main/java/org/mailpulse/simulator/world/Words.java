package org.mailpulse.simulator.world;

import java.util.List;

/** Words from which names are made. */
final class Words {
    static final List<String> FIRST = List.of(
            "amber", "ash", "birch", "bright", "clover", "copper", "coral", "crane", "dapple", "dawn", "drift", "ember",
            "fallow", "fern", "finch", "flint", "foam", "frost", "gale", "glen", "gorse", "hazel", "heath", "heron",
            "ivory", "juniper", "kestrel", "larch", "lark", "linden", "marsh", "mellow", "mist", "moss", "nettle",
            "oat", "otter", "pebble", "pine", "plover", "quartz", "quill", "rain", "reed", "rowan", "rush", "sable",
            "salt", "sedge", "slate", "sorrel", "spruce", "stone", "swift", "tansy", "teal", "thistle", "thorn", "vale",
            "velvet", "willow", "winter", "wren", "yarrow");

    static final List<String> SECOND = List.of(
            "bank", "bay", "beck", "bell", "bower", "bridge", "brook", "burn", "cairn", "cliff", "combe", "cove",
            "crag", "croft", "dale", "dell", "down", "edge", "fell", "field", "firth", "ford", "garth", "gate", "glade",
            "grove", "haven", "hill", "holm", "hollow", "hythe", "keel", "knoll", "lake", "lane", "ley", "loch", "mead",
            "mere", "mill", "moor", "mount", "ness", "nook", "orchard", "path", "pier", "point", "pool", "quay",
            "ridge", "rill", "scar", "shore", "stead", "strand", "tarn", "thwaite", "tor", "vane", "wall", "weir",
            "wharf", "wick");

    static final List<String> MINISTRIES = List.of(
            "archives",
            "bridges",
            "canals",
            "culture",
            "energy",
            "finance",
            "fisheries",
            "forests",
            "harbours",
            "health",
            "housing",
            "interior",
            "justice",
            "labour",
            "lighthouses",
            "mountains",
            "schools",
            "science",
            "statistics",
            "weather");

    private Words() {}

    static String capitalised(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
