package org.mailtrace.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.gateway.Settings;

class GuardTest {
    /** Synthetic names; what they lead to is all that counts. */
    private static final Map<String, String> ADDRESSES = Map.of(
            "public.example", "93.184.216.34",
            "inside.example", "10.1.2.3",
            "both.example", "93.184.216.34,192.168.7.7",
            "both-six.example", "93.184.216.34,fd00:ec2::254",
            "localhost", "127.0.0.1",
            "six.example", "2606:2800:220:1::1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "https://127.8.9.1/",
                "https://0.0.0.0/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://100.100.100.200/",
                "https://100.64.0.1/",
                "https://168.63.129.16/",
                "https://192.0.0.192/",
                "https://192.0.2.7/",
                "https://198.18.0.1/",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "https://[::]/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:a9fe:a9fe]/",
                "https://[::127.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[2002:7f00:1::]/",
                "https://[2001:0:7f00:1::]/",
                "https://[2001:db8::1]/",
                "https://[fe80::1]/",
                "https://[fc00::1]/",
                "https://[fd00:ec2::254]/",
                "https://[ff02::1]/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.1/",
                "https://0177.0.0.1/",
                "https://017700000001/",
                "https://127.1/",
                "https://127.0.0.1./",
                "https://127.0.0.01/",
                "https://[fe80::1%25eth0]/",
                "https://\u2460\u2461\u2466.0.0.1/",
                "https://127\u30020\u30020\u30021/",
                "https://127.0.0.1%00.public.example/",
                "https://localhost/",
                "https://LOCALHOST./",
                "https://inside.example/",
                "https://both.example/",
                "https://both-six.example/",
                "https://somebody@public.example/",
                "https://public.example#@127.0.0.1/",
                "https://public.example\\@127.0.0.1/",
                "https://public.example:0/",
                "https://public.example:65536/",
                "https:///hook",
                "https:public.example",
                "http://public.example/",
                "ftp://public.example/",
                "file:///etc/passwd",
                "gopher://public.example/",
                "//public.example/",
                " https://public.example/",
                ""
            })
    void refusesWhatMayNotBeCalled(String url) {
        assertThatThrownBy(() -> address(guard(Map.of()), url)).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://public.example/hook?a=b",
                "https://PUBLIC.example.:8443/hook",
                "https://six.example/",
                "https://93.184.216.34/",
                "https://[2606:2800:220:1::1]/",
                "https://[::ffff:93.184.216.34]/"
            })
    void letsPublicAddressesPass(String url) throws Exception {
        assertThat(address(guard(Map.of()), url).isLoopbackAddress()).isFalse();
    }

    @Test
    void refusesAnAddressThatIsTooLong() {
        assertThatThrownBy(() -> address(guard(Map.of()), "https://public.example/" + "x".repeat(2000)))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void lettingHostsAndNetworksPassLetsNothingElsePass() throws Exception {
        // given
        Guard guard = guard(Map.of(
                "mailtrace.callbacks.allowed", "inside.example, *.hooks.example, 192.168.7.0/24, fd00:ec2::/64"));

        // then
        assertThat(address(guard, "https://inside.example/").getHostAddress()).isEqualTo("10.1.2.3");
        assertThat(address(guard, "https://192.168.7.1/").getHostAddress()).isEqualTo("192.168.7.1");
        assertThat(address(guard, "https://both.example/").getHostAddress()).isEqualTo("93.184.216.34");
        assertThat(address(guard, "https://both-six.example/").getHostAddress()).isEqualTo("93.184.216.34");
        assertThatThrownBy(() -> address(guard, "https://192.168.8.1/")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> address(guard, "https://10.1.2.3/")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> address(guard, "https://localhost/")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> address(guard, "http://inside.example/")).isInstanceOf(RefusedException.class);
    }

    @Test
    void plainHttpIsUsedOnlyIfItIsSet() throws Exception {
        // given
        Guard guard = guard(Map.of("mailtrace.callbacks.plain-http", "true"));

        // then
        assertThat(guard.target("http://public.example/hook"))
                .isEqualTo(new Target(false, "public.example", 80, "/hook"));
        assertThatThrownBy(() -> address(guard, "http://127.0.0.1/")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> guard.target("ftp://public.example/")).isInstanceOf(RefusedException.class);
    }

    @Test
    void aNameWithoutAnAddressIsNotRefusedForever() {
        assertThatThrownBy(() -> address(guard(Map.of()), "https://nowhere.example/"))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aWrongNetworkInTheSettingsIsNamed() {
        assertThatThrownBy(() -> guard(Map.of("mailtrace.callbacks.allowed", "10.0.0.0/33")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("mailtrace.callbacks.allowed")
                .hasMessageContaining("10.0.0.0/33");
    }

    private static InetAddress address(Guard guard, String url) throws Exception {
        return guard.address(guard.target(url));
    }

    private static Guard guard(Map<String, String> settings) {
        return new Guard(Settings.of(CallbackSettings.class, settings), GuardTest::lookUp);
    }

    private static InetAddress[] lookUp(String host) throws UnknownHostException {
        if (!ADDRESSES.containsKey(host)) {
            throw new UnknownHostException(host);
        }
        return Stream.of(ADDRESSES.get(host).split(",")).map(GuardTest::literal).toArray(InetAddress[]::new);
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
