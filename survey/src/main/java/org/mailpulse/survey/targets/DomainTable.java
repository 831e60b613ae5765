package org.mailpulse.survey.targets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Distinct ASCII names of up to 255 characters, numbered in the order of their first appearance. Text lies in large
 * chunks, each name behind its length, and is found again by open addressing: some 17 bytes a name beside the text, where
 * a map of strings takes over 100.
 */
final class DomainTable {
    /** Chunks of 256 KiB: the G1 collector rounds arrays of half a region (512 KiB at least) up to whole regions. */
    private static final int CHUNK_BITS = 18;

    private static final int CHUNK_BYTES = 1 << CHUNK_BITS;
    private static final int MAX_CHUNKS = 1 << (31 - CHUNK_BITS);
    private static final int MAX_NAME = 255;

    private final List<byte[]> chunks = new ArrayList<>();
    private int usedOfLastChunk = CHUNK_BYTES;
    private int[] places = new int[256]; // chunk and position within, of the byte that holds the length
    private int[] slots = new int[512]; // number + 1; 0 is free; at most half are taken
    private int size;

    int size() {
        return size;
    }

    /** Whether one more name, however long, still fits. */
    boolean hasRoom() {
        return size < 1 << 29 && (chunks.size() < MAX_CHUNKS || usedOfLastChunk + MAX_NAME < CHUNK_BYTES);
    }

    String get(int number) {
        byte[] chunk = chunkOf(places[number]);
        int start = startIn(places[number]);
        return new String(chunk, start + 1, chunk[start] & 0xFF, StandardCharsets.ISO_8859_1);
    }

    /** @return the number of the name: {@link #size()} as it was before where the name is new, else a lower one */
    int add(String name) {
        int slot = slotOf(name);
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        append(name);
        slots[slot] = size;
        if (size > slots.length / 2) {
            rehash();
        }
        return size - 1;
    }

    private byte[] chunkOf(int place) {
        return chunks.get(place >>> CHUNK_BITS);
    }

    private static int startIn(int place) {
        return place & (CHUNK_BYTES - 1);
    }

    private int slotOf(String name) {
        int slot = slotOf(name.hashCode());
        while (slots[slot] != 0 && !isNamed(slots[slot] - 1, name)) {
            slot = next(slot);
        }
        return slot;
    }

    private int slotOf(int hash) {
        return (hash * 0x9E3779B9) >>> Integer.numberOfLeadingZeros(slots.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    private boolean isNamed(int number, String name) {
        byte[] chunk = chunkOf(places[number]);
        int start = startIn(places[number]);
        if ((chunk[start] & 0xFF) != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (chunk[start + 1 + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void append(String name) {
        if (usedOfLastChunk + 1 + name.length() > CHUNK_BYTES) {
            chunks.add(new byte[CHUNK_BYTES]);
            usedOfLastChunk = 0;
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, size + size / 2);
        }
        byte[] chunk = chunks.get(chunks.size() - 1);
        places[size++] = (chunks.size() - 1) << CHUNK_BITS | usedOfLastChunk;
        chunk[usedOfLastChunk++] = (byte) name.length();
        System.arraycopy(name.getBytes(StandardCharsets.ISO_8859_1), 0, chunk, usedOfLastChunk, name.length());
        usedOfLastChunk += name.length();
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int number = 0; number < size; number++) {
            int slot = slotOf(get(number).hashCode());
            while (slots[slot] != 0) {
                slot = next(slot);
            }
            slots[slot] = number + 1;
        }
    }
}
