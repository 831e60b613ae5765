package org.mailpulse.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.data.stream.Lz4InputStream;
import com.clickhouse.data.stream.Lz4OutputStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ClickHouse's HTTP interface as curl sees it. */
@Timeout(60)
class HttpInterfaceTest {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @TempDir
    static Path folder;

    private static ClickHouseEngine engine;

    @BeforeAll
    static void start() {
        engine = ClickHouseEngine.start(EngineSettings.in(folder));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    private static HttpRequest.Builder request(String parameters) {
        return HttpRequest.newBuilder(URI.create(engine.httpUrl() + "?database=mailpulse" + parameters))
                .timeout(Duration.ofSeconds(50));
    }

    private static HttpResponse<byte[]> post(String parameters, byte[] body) throws Exception {
        return CLIENT.send(
                request(parameters).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofByteArray());
    }

    /** The result of a statement that must succeed. */
    private static String sql(String text) throws Exception {
        var response = post("", text.getBytes(UTF_8));
        assertThat(response.statusCode())
                .as(() -> new String(response.body(), UTF_8))
                .isEqualTo(200);
        return new String(response.body(), UTF_8);
    }

    private static String insert(String statement) {
        return "&query=" + URLEncoder.encode(statement, UTF_8);
    }

    private static void assertError(HttpResponse<byte[]> response, int status, int code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("X-ClickHouse-Exception-Code")).contains(String.valueOf(code));
        assertThat(new String(response.body(), UTF_8)).startsWith("Code: " + code + ". DB::Exception: ");
    }

    @Test
    void answersPing() throws Exception {
        var ping = CLIENT.send(
                HttpRequest.newBuilder(URI.create(engine.httpUrl() + "ping")).build(), BodyHandlers.ofString());

        assertThat(ping.body()).isEqualTo("Ok.\n");
    }

    @Test
    void sqlMayStandInTheUrlTheBodyOrBoth() throws Exception {
        assertThat(post("&query=SELECT%201", new byte[0]).body()).isEqualTo("1\n".getBytes(UTF_8));
        assertThat(sql("SELECT 1")).isEqualTo("1\n");
        assertThat(post("&query=SELECT", "1".getBytes(UTF_8)).body()).isEqualTo("1\n".getBytes(UTF_8));
    }

    @Test
    void formatComesFromTheStatementTheHeaderOrTheUrl() throws Exception {
        assertThat(sql("SELECT 1 AS x FORMAT JSONEachRow")).isEqualTo("{\"x\":1}\n");
        assertThat(post("&default_format=CSVWithNames", "SELECT 1 AS x".getBytes(UTF_8))
                        .body())
                .isEqualTo("\"x\"\n1\n".getBytes(UTF_8));
        var byHeader = CLIENT.send(
                request("")
                        .header("X-ClickHouse-Format", "CSV")
                        .POST(BodyPublishers.ofString("SELECT 'a'"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(byHeader.body()).isEqualTo("\"a\"\n");
        assertThat(byHeader.headers().firstValue("X-ClickHouse-Format")).contains("CSV");
    }

    @Test
    void parametersAndSettingsHoldForTheirRequestOnly() throws Exception {
        var bound = post("&param_n=41&param_s=it%27s", "SELECT {n:UInt8} + 1, {s:String} FORMAT CSV".getBytes(UTF_8));
        assertThat(new String(bound.body(), UTF_8)).isEqualTo("42,\"it's\"\n");

        var setting = "SELECT getSetting('max_block_size')";
        var usual = sql(setting);
        assertThat(post("&max_block_size=777", setting.getBytes(UTF_8)).body()).isEqualTo("777\n".getBytes(UTF_8));
        assertThat(sql(setting)).isEqualTo(usual);
    }

    @Test
    void everyKindOfReadingStatementGivesItsRows() throws Exception {
        sql("CREATE TABLE read (n UInt8) ENGINE = MergeTree ORDER BY n");
        sql("INSERT INTO read VALUES (1)");

        assertThat(sql("SHOW TABLES LIKE 'read'")).isEqualTo("read\n");
        assertThat(sql("DESCRIBE read")).startsWith("n\tUInt8");
        assertThat(sql("EXISTS read")).isEqualTo("1\n");
        assertThat(sql("EXPLAIN SYNTAX SELECT n FROM read")).contains("SELECT n");
        assertThat(sql("CHECK TABLE read SETTINGS check_query_single_value_result = 1;"))
                .isEqualTo("1\n");
        assertThat(sql("WITH 2 AS two SELECT n + two FROM read SETTINGS max_threads = 1 FORMAT CSV -- done"))
                .isEqualTo("3\n");
        assertThat(sql("(SELECT 1) UNION ALL (SELECT 1)")).isEqualTo("1\n1\n");
        assertThat(sql("SELECT n FROM read WHERE 0")).isEmpty();
        assertThat(sql("ALTER TABLE read DELETE WHERE n = 1 SETTINGS mutations_sync = 1"))
                .isEmpty();
        assertThat(sql("SELECT count() FROM read")).isEqualTo("0\n");
    }

    @Test
    void errorsHaveStatusCodeAndText() throws Exception {
        assertError(post("", "SELEC 1".getBytes(UTF_8)), 400, 62);
        assertError(post("", "SELECT * FROM missing".getBytes(UTF_8)), 404, 60);
        assertError(post("&max_threads=many", "SELECT 1".getBytes(UTF_8)), 400, 27);
        assertError(post("&no_such_setting=1", "SELECT 1".getBytes(UTF_8)), 404, 115);
        assertError(post("", "SELECT 1; SELECT 2".getBytes(UTF_8)), 400, 62);
        assertError(post(insert("INSERT INTO missing FORMAT CSV"), new byte[3_000_000]), 404, 60);
        assertError(
                post("&max_memory_usage=1000000", "SELECT groupArray(number) FROM numbers(10000000)".getBytes(UTF_8)),
                500,
                241);
    }

    @Test
    void aRequestMustNotComeFromAWebPage() throws Exception {
        for (var header : List.of(List.of("Origin", "https://page.example"), List.of("Sec-Fetch-Site", "cross-site"))) {
            var fromPage = request("").header(header.get(0), header.get(1)).POST(BodyPublishers.ofString("SELECT 1"));
            assertError(CLIENT.send(fromPage.build(), BodyHandlers.ofByteArray()), 403, 497);
        }
        assertThat(raw("GET /?query=SELECT%201 HTTP/1.1\r\nHost: rebound.example:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("GET /?query=SELECT%201 HTTP/1.1\r\nHost: localhost:80\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void getChangesNothing() throws Exception {
        sql("CREATE TABLE kept (n UInt8) ENGINE = MergeTree ORDER BY n");
        for (var statement : List.of("DROP TABLE kept", "INSERT INTO kept VALUES (1)", "INSERT INTO kept SELECT 1")) {
            var get = CLIENT.send(request(insert(statement)).GET().build(), BodyHandlers.ofByteArray());
            assertError(get, 403, 164);
        }
        assertThat(sql("SELECT count() FROM kept")).isEqualTo("0\n");
    }

    @Test
    void whatIsNotSupportedIsRefusedNotGuessed() throws Exception {
        assertError(post("&session_id=s", "SELECT 1".getBytes(UTF_8)), 501, 48);
        var form = request("")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString("--b"));
        assertError(CLIENT.send(form.build(), BodyHandlers.ofByteArray()), 501, 48);
        assertError(post("&default_format=a%0d%0ab", "SELECT 1".getBytes(UTF_8)), 400, 73);
        var oddId = post("&query_id=a%0d%0ab", "SELECT 1".getBytes(UTF_8));
        assertThat(oddId.headers().firstValue("X-ClickHouse-Query-Id").orElseThrow())
                .matches("[0-9a-f-]{36}");
    }

    private static String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", engine.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void aFailedQueryLeavesNothingBehindForTheNext() throws Exception {
        for (int i = 0; i < 100; i++) {
            var failing = post(
                    "&max_block_size=10", "SELECT number, throwIf(number = 500) FROM numbers(1000)".getBytes(UTF_8));
            assertError(failing, 500, 395);
            assertThat(sql("SELECT " + i)).isEqualTo(i + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RowBinary", "Native", "JSONEachRow", "Values", "CSV", "Parquet"})
    void blankLinesInsideInsertedDataAreData(String format) throws Exception {
        sql("CREATE TABLE blank_" + format + " (n UInt32, s String) ENGINE = MergeTree ORDER BY n");
        var source =
                "SELECT toUInt32(number) AS n, concat('a', char(10), char(10), ';', char(0), char(10), toString(number)) AS s"
                        + " FROM numbers(5000)";
        var data = post(
                "&default_format=" + format,
                (format.equals("Values") ? source + " FORMAT Values" : source).getBytes(UTF_8));

        var inserted = post(insert("INSERT INTO blank_" + format + " FORMAT " + format), data.body());

        assertThat(new String(inserted.body(), UTF_8)).isEmpty();
        assertThat(inserted.headers().firstValue("X-ClickHouse-Summary").orElseThrow())
                .contains("\"written_rows\":\"5000\"");
        assertThat(sql("SELECT count(), groupBitXor(cityHash64(n, s)) FROM blank_" + format))
                .isEqualTo(sql("SELECT count(), groupBitXor(cityHash64(n, s)) FROM (" + source + ")"));
    }

    @Test
    void anInsertCutShortInsertsNothing() throws Exception {
        sql("CREATE TABLE cut (n UInt32, s String) ENGINE = MergeTree ORDER BY n");
        var rows = post("&default_format=RowBinary", "SELECT toUInt32(number), 'x' FROM numbers(1000)".getBytes(UTF_8))
                .body();

        var response = post(insert("INSERT INTO cut FORMAT RowBinary"), Arrays.copyOf(rows, rows.length - 3));

        assertThat(response.statusCode()).isNotEqualTo(200);
        assertThat(sql("SELECT count() FROM cut")).isEqualTo("0\n");
    }

    @Test
    void aClientThatGoesInTheMiddleOfAnInsertInsertsNothing() throws Exception {
        sql("CREATE TABLE gone (n UInt32) ENGINE = MergeTree ORDER BY n");
        var running = "SELECT count() FROM system.processes WHERE query LIKE 'INSERT INTO gone%'";
        try (var socket = new Socket("127.0.0.1", engine.port())) {
            var head = "POST /?database=mailpulse"
                    + insert("INSERT INTO gone FORMAT CSV").replace("+", "%20")
                    + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n";
            socket.getOutputStream().write((head + "1\n".repeat(300_000)).getBytes(UTF_8));
            await(() -> sql(running).equals("1\n"));
        }

        await(() -> sql(running).equals("0\n"));
        assertThat(sql("SELECT count() FROM gone")).isEqualTo("0\n");
    }

    @Test
    @SuppressWarnings("deprecation") // the driver's public classes for its blocks
    void compressedBlocksGoBothWays() throws Exception {
        sql("CREATE TABLE packed (n UInt64) ENGINE = MergeTree ORDER BY n");
        var blocks = new ByteArrayOutputStream();
        try (var out = new Lz4OutputStream(blocks, 1 << 16, null)) {
            for (int i = 0; i < 100_000; i++) {
                out.write((i + "\n").getBytes(UTF_8));
            }
        }
        assertThat(post("&decompress=1" + insert("INSERT INTO packed FORMAT CSV"), blocks.toByteArray())
                        .statusCode())
                .isEqualTo(200);

        var response = post("&compress=1", "SELECT n FROM packed ORDER BY n FORMAT CSV".getBytes(UTF_8));
        var lines = new String(new Lz4InputStream(new ByteArrayInputStream(response.body())).readAllBytes(), UTF_8);
        assertThat(response.body().length).isLessThan(lines.length());
        assertThat(lines.lines()).hasSize(100_000).startsWith("0", "1").endsWith("99999");
    }

    @Test
    void fiveMillionRowsStreamThroughFlatMemory() throws Exception {
        sql("SELECT 1");
        long before = residentBytes();
        long most = 0;
        long rows = 0;
        long sum = 0;
        var response = CLIENT.send(
                request("")
                        .POST(BodyPublishers.ofString(
                                "SELECT number, repeat('x', 40) FROM numbers(5000000) FORMAT RowBinary"))
                        .build(),
                BodyHandlers.ofInputStream());
        try (var in = new DataInputStream(new BufferedInputStream(response.body(), 1 << 16))) {
            var row = new byte[49];
            while (rows < 5_000_000) {
                in.readFully(row);
                sum += Long.reverseBytes(ByteBuffer.wrap(row).getLong());
                rows++;
                if (rows % 500_000 == 0) {
                    most = Math.max(most, residentBytes());
                }
            }
            assertThat(in.read()).isEqualTo(-1);
        }
        assertThat(sum).isEqualTo(5_000_000L * 4_999_999 / 2);
        assertThat(most - before).isLessThan(200L * 1024 * 1024);
    }

    private static long residentBytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + engine.pid() + "/status"))) {
            var line = lines.filter(l -> l.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
    }

    @Test
    void aResultThatFailsHalfWayBreaksOff() throws Exception {
        var response = CLIENT.send(
                request("")
                        .POST(BodyPublishers.ofString(
                                "SELECT number, throwIf(number = 3000000) FROM numbers(10000000)"))
                        .build(),
                BodyHandlers.ofInputStream());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT number FROM numbers(100000000000)",
                "SELECT count() FROM numbers(100000000000) WHERE sipHash64(number) = 1",
                "INSERT INTO endless SELECT number FROM numbers(100000000000) WHERE sipHash64(number) = 1",
            })
    void theQueryOfAClientThatGoesIsStopped(String query) throws Exception {
        sql("CREATE TABLE IF NOT EXISTS endless (n UInt64) ENGINE = MergeTree ORDER BY n");
        var running =
                "SELECT count() FROM system.processes WHERE query LIKE '%numbers(100000000000)%' AND query NOT LIKE '%system.processes%'";
        try (var socket = new Socket("127.0.0.1", engine.port())) {
            var head = "POST /?database=mailpulse HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + query.length()
                    + "\r\n\r\n" + query;
            socket.getOutputStream().write(head.getBytes(UTF_8));
            await(() -> sql(running).equals("1\n"));
        }

        await(() -> sql(running).equals("0\n"));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    /** Not all that arrives on a port is HTTP. */
    @Test
    void garbageIsDroppedAndDoesNotHarm() throws Exception {
        raw("EHLO mail.example\r\n\r\n");

        assertThat(sql("SELECT 1")).isEqualTo("1\n");
    }
}
