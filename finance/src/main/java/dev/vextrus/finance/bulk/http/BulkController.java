package dev.vextrus.finance.bulk.http;

import dev.vextrus.finance.bulk.BulkImport;
import dev.vextrus.finance.bulk.ImportResult;
import dev.vextrus.finance.bulk.export.BookExport;
import dev.vextrus.finance.bulk.export.ExportFormat;
import dev.vextrus.finance.command.IdSource;
import dev.vextrus.finance.command.Role;
import dev.vextrus.finance.command.Rule;
import dev.vextrus.finance.http.ErrorAnswer;
import dev.vextrus.finance.security.Caller;
import dev.vextrus.finance.security.CallerToken;
import dev.vextrus.finance.security.Denials;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code /bulk/import} and {@code /bulk/export}, as docs/contracts/bulk-api.md says. */
@RestController
public final class BulkController {
    private static final Logger LOG = LoggerFactory.getLogger(BulkController.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BulkImport bulkImport;
    private final BookExport bookExport;
    private final IdSource ids;
    private final Spool spool;
    private final Denials denials;

    BulkController(BulkImport bulkImport, BookExport bookExport, IdSource ids, Spool spool, Denials denials) {
        this.bulkImport = bulkImport;
        this.bookExport = bookExport;
        this.ids = ids;
        this.spool = spool;
        this.denials = denials;
    }

    @PostMapping("/bulk/import")
    void importBook(HttpServletRequest request, HttpServletResponse response, CallerToken token) throws IOException {
        Caller caller = token.getPrincipal();
        if (Collections.disjoint(caller.roles(), Role.BOOKKEEPERS)) {
            forbid(request, response, caller);
            return;
        }
        ImportParameters parameters = ImportParameters.of(request);
        Optional<ErrorAnswer> wrong = parameters.error();
        if (wrong.isPresent()) {
            wrong.get().writeTo(response);
            return;
        }
        Path file = spool.newFile();
        try {
            receive(request, file);
            response.setContentType("application/x-ndjson");
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            ImportResult result = bulkImport.run(
                    new BulkImport.Importer(caller.tenant(), caller.actor(), caller.roles(), ids.next()),
                    parameters.options(),
                    file,
                    progress -> line(response, Map.of("progress", progress)));
            line(response, Map.of("result", result));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** On disk, since the file is read several times and may be larger than memory. */
    private static void receive(HttpServletRequest request, Path file) throws IOException {
        try (InputStream body = request.getInputStream();
                OutputStream out = Files.newOutputStream(file)) {
            body.transferTo(out);
        }
    }

    /** Before a byte of the body is read: whoever may post nothing makes us keep nothing. */
    private void forbid(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        ErrorAnswer answer = new ErrorAnswer(
                403,
                Rule.FORBIDDEN.name(),
                "this takes one of the roles " + Role.BOOKKEEPERS,
                "have somebody with such a role do it");
        denials.denied(
                caller,
                request.getRemoteAddr(),
                "POST /bulk/import",
                answer.code(),
                answer.message(),
                Denials.correlationOf(request));
        answer.writeTo(response);
    }

    @GetMapping("/bulk/export")
    void exportBook(HttpServletRequest request, HttpServletResponse response, CallerToken token) throws IOException {
        String code = Optional.ofNullable(request.getParameter("format")).orElse("");
        Optional<ExportFormat> format = ExportFormat.of(code);
        if (format.isEmpty()) {
            new ErrorAnswer(
                            400,
                            "FORMAT_UNKNOWN",
                            "format: '" + code + "' is not a format.",
                            "Write csv, hledger or beancount.")
                    .writeTo(response);
            return;
        }
        if (!bookExport.hasBook(token.getPrincipal().tenant())) {
            new ErrorAnswer(
                            404,
                            Rule.TENANT_UNKNOWN.name(),
                            "The tenant " + token.getPrincipal().tenant() + " has no books yet.",
                            "Check the tenant's name, or start its books with createTenant or an import.")
                    .writeTo(response);
            return;
        }
        response.setContentType(format.get().mediaType());
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(
                "Content-Disposition",
                "attachment; filename=\"" + token.getPrincipal().tenant() + "."
                        + format.get().extension() + "\"");
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        bookExport.write(token.getPrincipal().tenant(), format.get(), out);
    }

    private static void line(HttpServletResponse response, Map<String, ?> line) {
        try {
            response.getOutputStream().write((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
        } catch (IOException gone) {
            LOG.debug("whoever asked for the import has hung up; it goes on to its end all the same", gone);
        }
    }
}
