package org.mailpulse.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadStatTest {
    @Test
    void cpuIsFoundBehindANameWithBlanksAndBrackets() {
        ThreadStat stat = ThreadStat.parse("42 (C2 (a) Comp) S 1 2 3 4 5 6 7 8 9 10 111 222 33 44 20 0 9 0 5 6 7");

        assertThat(stat.name()).isEqualTo("C2 (a) Comp");
        assertThat(stat.ticks()).isEqualTo(333);
        assertThat(stat.childTicks()).isEqualTo(77);
    }
}
