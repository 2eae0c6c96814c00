"""The kernel of every act and record: numbers, states, frozen facts, PDF, service, verification."""
