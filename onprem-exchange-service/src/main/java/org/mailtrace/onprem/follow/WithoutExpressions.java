package org.mailtrace.onprem.follow;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import net.engio.mbassy.listener.IMessageFilter;
import net.engio.mbassy.subscription.SubscriptionContext;

/**
 * smbj's event bus (mbassador) can filter by expressions, through classes of {@code javax.el} that nobody ships with it; smbj
 * uses none. A native executable is built of what can be reached, so it could not be built at all without this. On the Java
 * machine this class is not used.
 */
@Substitute
@TargetClass(className = "net.engio.mbassy.dispatch.el.ElFilter")
final class WithoutExpressions implements IMessageFilter<Object> {
    @Substitute
    WithoutExpressions() {}

    @Substitute
    static boolean isELAvailable() {
        return false;
    }

    @Override
    @Substitute
    public boolean accepts(Object message, SubscriptionContext context) {
        return false;
    }
}
