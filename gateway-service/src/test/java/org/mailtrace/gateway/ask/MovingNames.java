package org.mailtrace.gateway.ask;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * The names of this machine, and one more that leads to wherever a test says. The machine loads it for itself, not with the
 * classes of a test, so that they speak through a system property.
 */
public final class MovingNames extends InetAddressResolverProvider {
    static final String HOST = "moving.example";
    private static final String WHERE = "moving.name.leads.to";

    /** From now on the name leads there. */
    static void leadsTo(String address) {
        System.setProperty(WHERE, address);
    }

    @Override
    public String name() {
        return "moving names";
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        InetAddressResolver usual = configuration.builtinResolver();
        return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
                return host.equals(HOST) ? Stream.of(now()) : usual.lookupByName(host, policy);
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
                return usual.lookupByAddress(address);
            }
        };
    }

    private static InetAddress now() throws UnknownHostException {
        byte[] address = InetAddress.ofLiteral(System.getProperty(WHERE)).getAddress();
        return InetAddress.getByAddress(HOST, address);
    }
}
