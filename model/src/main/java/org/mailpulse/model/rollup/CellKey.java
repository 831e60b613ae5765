package org.mailpulse.model.rollup;

/** Names a cell of one of the cubes: the row of a table in which things are counted. */
public interface CellKey {
    /** The survey that the cell belongs to; once a later one is closed, the cell no longer changes. */
    String survey();
}
