package org.mailtrace.standins.exo.identity;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** A certificate of the least kind (RFC 5280), because the Java library reads certificates but makes none. */
final class SelfSigned {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int UTF8 = 0x0C;
    private static final int TIME = 0x17;
    private static final int VERSION = 0xA0;
    private static final int SHORT_LENGTH = 0x80;
    private static final int DAYS = 30;
    private static final byte[] SHA256_WITH_RSA = HexFormat.of().parseHex("300D06092A864886F70D01010B0500");
    private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private SelfSigned() {}

    static byte[] certificate(String name, KeyPair pair, Instant now) throws GeneralSecurityException {
        byte[] distinguished =
                of(SEQUENCE, of(SET, of(SEQUENCE, COMMON_NAME, of(UTF8, name.getBytes(StandardCharsets.UTF_8)))));
        byte[] validity = of(SEQUENCE, time(now.minus(1, ChronoUnit.DAYS)), time(now.plus(DAYS, ChronoUnit.DAYS)));
        byte[] body = of(
                SEQUENCE,
                of(VERSION, of(INTEGER, new byte[] {2})),
                of(INTEGER, BigInteger.valueOf(now.toEpochMilli()).toByteArray()),
                SHA256_WITH_RSA,
                distinguished,
                validity,
                distinguished,
                pair.getPublic().getEncoded());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(body);
        return of(SEQUENCE, body, SHA256_WITH_RSA, of(BITS, new byte[] {0}, signature.sign()));
    }

    private static byte[] time(Instant moment) {
        return of(TIME, UTC_TIME.format(moment).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] of(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : contents) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        byte[] length = BigInteger.valueOf(content.size()).toByteArray();
        if (content.size() >= SHORT_LENGTH) {
            int zero = length[0] == 0 ? 1 : 0;
            whole.write(SHORT_LENGTH | (length.length - zero));
            whole.write(length, zero, length.length - zero);
        } else {
            whole.write(content.size());
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
