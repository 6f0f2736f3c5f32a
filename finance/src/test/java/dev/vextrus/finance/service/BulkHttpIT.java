package dev.vextrus.finance.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** docs/contracts/bulk-api.md, from outside. */
class BulkHttpIT {
    private static final String BOOK = """
            "txnidx","date","description","account","amount","commodity"
            "1","2012-01-05","Groceries","Expenses:Food","10.00","USD"
            "1","2012-01-05","Groceries","Assets:Bank","-10.00","USD"
            "2","2012-02-06","Leave","Assets:Leave","8.00","VACHR"
            "2","2012-02-06","Leave","Income:Leave","-8.00","VACHR"
            """;

    private static RunningService service;
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private static Path spool;

    @BeforeAll
    static void start() {
        service = RunningService.start(
                Map.of("VEXTRUS_SPOOL_FOLDER", spool.toString(), "VEXTRUS_IMPORT_MAX_MEBIBYTES", "1"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_book_comes_in_with_progress_and_goes_out_as_each_format() throws Exception {
        String tenant = RunningService.freshTenant();
        String token = Tokens.of(tenant, "ann", "admin");

        List<JsonNode> lines = load("?skipCommodity=VACHR&name=Household", BOOK, token);

        assertThat(lines.getFirst().at("/progress/phase").asString()).isEqualTo("checking");
        JsonNode result = lines.getLast().at("/result");
        assertThat(result.at("/outcome").asString()).as(result.toString()).isEqualTo("imported");
        assertThat(result.at("/imported").asInt()).isEqualTo(1);
        assertThat(result.at("/skipped").asInt()).isEqualTo(1);
        assertThat(result.at("/position").asLong()).isPositive();
        assertThat(export("hledger", token).body()).contains("2012-01-05 Groceries\n", "    Assets:Bank  -10.00 USD\n");
        assertThat(export("beancount", token).body())
                .contains(
                        "2012-01-05 open Assets:Bank\n", "2012-01-05 * \"Groceries\"\n", "  Assets:Bank  -10.00 USD\n");
        assertThat(export("csv", token).body()).contains("\"Assets:Bank\",\"-10.00\",\"USD\"");

        JsonNode again = load("?skipCommodity=VACHR", BOOK, token).getLast().at("/result");
        assertThat(again.at("/imported").asInt()).isZero();
        assertThat(again.at("/known").asInt()).isEqualTo(1);
    }

    @Test
    void a_row_in_error_is_named_and_nothing_comes_in() throws Exception {
        String token = Tokens.of(RunningService.freshTenant(), "ann", "admin");
        JsonNode result = load("", BOOK, token).getLast().at("/result");
        assertThat(result.at("/outcome").asString()).isEqualTo("refused");
        assertThat(result.at("/errors/0/row").asInt()).isEqualTo(4);
        assertThat(result.at("/errors/0/code").asString()).isEqualTo("COMMODITY_UNKNOWN");
        assertThat(result.at("/errors/0/remedy").asString()).contains("--skip-commodity VACHR");
        assertThat(export("hledger", token).body()).doesNotContain("Groceries");
    }

    @Test
    void one_tenant_s_book_is_not_another_s() throws Exception {
        load("?skipCommodity=VACHR", BOOK, Tokens.of(RunningService.freshTenant(), "ann", "admin"));
        assertThat(export("hledger", Tokens.of(RunningService.freshTenant(), "bob", "admin"))
                        .body())
                .doesNotContain("Groceries");
    }

    @Test
    void a_tenant_without_books_has_nothing_to_export_and_is_told_so() throws Exception {
        HttpResponse<String> answer = export("hledger", Tokens.of(RunningService.freshTenant(), "ann", "admin"));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("TENANT_UNKNOWN", "createTenant");
        assertThat(answer.headers().firstValue("X-Outcome")).hasValue("client");
    }

    @Test
    void what_is_asked_wrongly_is_said_with_its_remedy() throws Exception {
        String token = Tokens.of(RunningService.freshTenant(), "ann", "admin");
        assertThat(post("?accountType=Top", BOOK, token).statusCode()).isEqualTo(400);
        assertThat(post("?accountType=Top", BOOK, token).body()).contains("OPTION_INVALID");
        assertThat(export("pdf", token).statusCode()).isEqualTo(400);
        assertThat(export("pdf", token).body()).contains("FORMAT_UNKNOWN", "csv, hledger or beancount");
        assertThat(post("", BOOK, "none").statusCode()).isEqualTo(401);
    }

    @Test
    void whoever_may_post_nothing_is_told_so_before_a_byte_of_the_body_is_read() throws IOException {
        String viewer = Tokens.of(RunningService.freshTenant(), "vic", "viewer");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(60_000);
            String head = "POST /bulk/import HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                    + "Content-Length: 1000000\r\nAuthorization: Bearer " + viewer + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();

            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 403");
            StringBuilder body = new StringBuilder();
            while (!body.toString().contains("]}")) {
                body.append((char) answer.read());
            }
            assertThat(body).contains("FORBIDDEN", "ACCOUNTANT");
        }
        assertThat(spooled()).isEmpty();
    }

    @Test
    void a_file_beyond_the_limit_is_refused_declared_or_not_and_nothing_of_it_stays() throws Exception {
        String token = Tokens.of(RunningService.freshTenant(), "ann", "admin");
        byte[] book = (BOOK + "\n".repeat(1 << 20)).getBytes(StandardCharsets.UTF_8);
        for (HttpRequest.BodyPublisher body : List.of(
                HttpRequest.BodyPublishers.ofByteArray(book),
                HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(book)))) {
            HttpResponse<String> response = http.send(
                    request("/bulk/import", token)
                            .header("Content-Type", "text/csv")
                            .POST(body)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(413);
            assertThat(response.body()).contains("BODY_TOO_LARGE");
            assertThat(response.headers().firstValue("X-Outcome")).hasValue("client");
        }
        assertThat(spooled()).isEmpty();
        assertThat(export("csv", token).body()).doesNotContain("Groceries");
    }

    private static List<Path> spooled() throws IOException {
        try (Stream<Path> files = Files.walk(spool)) {
            return files.filter(file -> file.toString().endsWith(".csv")).toList();
        }
    }

    private List<JsonNode> load(String options, String book, String token) throws Exception {
        HttpResponse<String> response = post(options, book, token);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body().lines().map(Client.JSON::readTree).toList();
    }

    private HttpResponse<String> post(String options, String book, String token)
            throws IOException, InterruptedException {
        return http.send(
                request("/bulk/import" + options, token)
                        .header("Content-Type", "text/csv")
                        .header("X-Requested-With", "test")
                        .POST(HttpRequest.BodyPublishers.ofString(book))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> export(String format, String token) throws IOException, InterruptedException {
        return http.send(request("/bulk/export?format=" + format, token).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .header("Authorization", "Bearer " + token);
    }
}
